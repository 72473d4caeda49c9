-- Contacts and conversations are never deleted (an erased contact keeps its empty row), and what stands in them is written
-- with ids of rows that were locked or made in the same transaction. So nothing is asked row by row any more: the one way
-- to break these references is closed where it would be taken (docs/decisions/0015-one-statement-for-texts.md).

alter table message drop constraint message_conversation_id_fkey;
alter table conversation drop constraint conversation_contact_id_fkey;
alter table contact_phone drop constraint contact_phone_contact_id_fkey;

create function keep_conversations() returns trigger language plpgsql as $$
begin
    raise foreign_key_violation using message = 'conversations are never deleted';
end $$;
create trigger conversations_stay before delete on conversation
    for each statement execute function keep_conversations();

create function keep_contacts() returns trigger language plpgsql as $$
begin
    if exists (select from conversation c where c.contact_id = old.id)
       or exists (select from contact_phone p where p.contact_id = old.id) then
        raise foreign_key_violation using message = 'contacts with phones or conversations are never deleted';
    end if;
    return old;
end $$;
create trigger contacts_stay before delete on contact for each row execute function keep_contacts();
