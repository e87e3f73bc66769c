-- An import is of a folder, or of a list of URLs: then it has no root, and its items stand in import_url.
alter table folder_import alter column root drop not null;
alter table folder_import add column urls int;
alter table folder_import add constraint folder_import_kind check ((root is null) = (urls is not null));

create table import_url (
    import_id bigint not null references folder_import (id) on delete cascade,
    position  int not null,
    url       text not null,
    path      text not null,
    outcome   text check (outcome in ('IMPORTED', 'UNCHANGED', 'REFUSED')),
    oid       text,
    problem   text,
    detail    text,
    primary key (import_id, position)
);
