-- The at-risk list stands above the register: whoever is named on the return is put on it, or has reasons added.
select k.id as row_id, false as is_known, '' as saw from looked k
