-- The password was chosen by somebody else (an administrator, the operator) and makes place for one
-- of the person's own. Of passwords of before nobody knows whose choice they were: they stay.
alter table user_account add column password_due boolean not null default false;
