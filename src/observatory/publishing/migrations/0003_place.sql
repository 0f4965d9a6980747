-- Of what a release was made, so that a firm that has reported finds its own figure beside it.
-- Both null where rows were posted, and in releases from before.
alter table release add column collection_id uuid;
alter table release add column item text;
alter table release add constraint release_material
  check ((collection_id is null) = (item is null));
