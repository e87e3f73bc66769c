create table thing (name text primary key, size int not null);
