import { sql, type Kysely } from 'kysely'

/** Finding by words, in English and Spanish, what bodies know, ask, want, decided and heard. */
export async function up(db: Kysely<unknown>): Promise<void> {
	for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
	// Words without accents, sign by sign, so that a place in the one is the same place in the other.
	`create function coalition.fold(text) returns text language sql immutable parallel safe as
		$$ select translate($1, 'ÁÀÂÄÃáàâäãÉÈÊËéèêëÍÌÎÏíìîïÓÒÔÖÕóòôöõÚÙÛÜúùûüÇçÑñ', 'AAAAAaaaaaEEEEeeeeIIIIiiiiOOOOOoooooUUUUuuuuCcNn') $$`,
	// The Spanish stemmer knows the plural of -ción by its accent.
	`create function coalition.fold_spanish(text) returns text language sql immutable parallel safe as
		$$ select regexp_replace(coalition.fold($1), '([cs])ion\\M', '\\1ión', 'gi') $$`,
	`create function coalition.words(title text, text text) returns tsvector language sql immutable parallel safe as $$
		select setweight(to_tsvector('pg_catalog.english'::regconfig, coalition.fold($1)), 'A') || setweight(to_tsvector('pg_catalog.spanish'::regconfig, coalition.fold_spanish($1)), 'A')
			|| to_tsvector('pg_catalog.english'::regconfig, coalition.fold($2)) || to_tsvector('pg_catalog.spanish'::regconfig, coalition.fold_spanish($2)) $$`,
	`create function coalition.asked_words(text) returns tsquery language sql immutable parallel safe as $$
		select websearch_to_tsquery('pg_catalog.english'::regconfig, coalition.fold($1)) || websearch_to_tsquery('pg_catalog.spanish'::regconfig, coalition.fold_spanish($1)) $$`,
	`create index resource_words on coalition.resource using gin (coalition.words(title, summary || ' ' || authors))`,
	`create index question_words on coalition.question using gin (coalition.words(title, text))`,
	`create index answer_words on coalition.answer using gin (coalition.words('', text))`,
	`create index goal_words on coalition.goal using gin (coalition.words(title, story || ' ' || what_works || ' ' || outcome))`,
	`create index position_words on coalition.position using gin (coalition.words('', statement))`,
	`create index proposal_words on coalition.proposal using gin (coalition.words(title, text))`,
	`create index decision_words on coalition.decision using gin (coalition.words(title, text || ' ' || outcome))`,
	`create index minutes_words on coalition.minutes using gin (coalition.words('', heard || ' ' || changed || ' ' || why_not || ' ' || minutes))`,
	`create index statement_words on coalition.statement_version using gin (coalition.words('', text || ' ' || ask))`,
	// Everything that can be found by words; page is the record on whose page it is shown.
	`create view coalition.findable as
		select 'resource' as kind, id, id as page, body, null as other_body, title, summary || ' ' || authors as text, added_at as at, coalition.words(title, summary || ' ' || authors) as words
			from coalition.resource one where withdrawn_at is null and not exists (select from coalition.resource newer where newer.supersedes = one.id and newer.withdrawn_at is null)
		union all select 'question', id, id, to_body, from_body, title, text, asked_at, coalition.words(title, text) from coalition.question
		union all select 'answer', answer.id, question.id, to_body, from_body, question.title, answer.text, answered_at, coalition.words('', answer.text)
			from coalition.answer join coalition.question on question.id = answer.question where answer.withdrawn_at is null
		union all select 'goal', id, id, body, null, title, story || ' ' || what_works || ' ' || outcome, set_at, coalition.words(title, story || ' ' || what_works || ' ' || outcome) from coalition.goal
		union all select 'position', position.id, goal.id, body, null, goal.title, statement, proposed_at, coalition.words('', statement)
			from coalition.position join coalition.goal on goal.id = position.goal
		union all select 'proposal', id, id, to_body, null, title, text, raised_at, coalition.words(title, text) from coalition.proposal
		union all select 'decision', id, id, body, null, title, text || ' ' || outcome, opened_at, coalition.words(title, text || ' ' || outcome) from coalition.decision
		union all select 'minutes', convening.id, convening.id, body, null, title, heard || ' ' || changed || ' ' || why_not || ' ' || minutes, written_at, coalition.words('', heard || ' ' || changed || ' ' || why_not || ' ' || minutes)
			from coalition.minutes one join coalition.convening on convening.id = one.convening
			where not exists (select from coalition.minutes newer where newer.convening = one.convening and newer.version > one.version)
		union all select 'statement', statement.id, statement.id, body, null, title, text || ' ' || ask, written_at, coalition.words('', text || ' ' || ask)
			from coalition.statement_version one join coalition.statement on statement.id = one.statement
			where not exists (select from coalition.statement_version newer where newer.statement = one.statement and newer.version > one.version)`,
	// For "did you mean"; a server that does not have it, or does not let us, goes without.
	`do $$ begin create extension if not exists pg_trgm; exception when others then null; end $$`,
]
