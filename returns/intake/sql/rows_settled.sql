-- "is true" has it looked up row by row in memory: joined, it is guessed to be one row and walked once for each.
(select * from looked where (id in (select id from settled)) is true)
