-- What clients say became of a decision of the gateway. id is the decision's: a second vote for it is none. ts is its minute.
create table cdn_outcome (
    ts timestamptz not null,
    id text not null,
    cdn text not null,
    market text not null,
    network text not null,
    failed boolean not null,
    ttfb_millis int,
    primary key (ts, id)
) partition by range (ts);
