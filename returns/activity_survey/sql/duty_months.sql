select r.month, r.code, r.status, count(*) from ({records}) r where r.is_measured group by 1, 2, 3
