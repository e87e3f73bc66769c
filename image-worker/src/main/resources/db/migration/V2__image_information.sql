create table image_information (
    oid             text primary key references image (oid) on delete cascade,
    frames          integer not null,
    colour_space    text not null,
    colour_profile  boolean not null,
    orientation     integer not null,
    dominant_colour text not null,
    blurhash        text not null,
    thumbhash       text not null,
    found_at        timestamptz not null default now()
);
