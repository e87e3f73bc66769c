-- Each receipt is written twice within seconds, expected and acknowledged: with room on its page the second write touches no index.
alter table receipt set (fillfactor = 50);
