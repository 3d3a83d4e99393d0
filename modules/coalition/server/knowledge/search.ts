import { sql } from 'kysely'
import type { Reader } from '#database'
import { excerptOf, FINDABLE_KINDS, FOUND_BEGINS, FOUND_ENDS, PIECE_ENDS, type ExcerptPiece, type FindableKind } from '../../knowledge/index.ts'
import type { Actor } from '../actor.ts'
import type { CoalitionTables } from '../coalition-tables.ts'
import { findReach, type Reach } from './reach.ts'

/** Results on a page. */
export const FOUND_PER_PAGE = 20

export interface Found {
	kind: FindableKind
	id: string
	/** The record on whose page it is shown. */
	page: string
	title: string
	at: Date
	body: { slug: string; name: string }
	excerpt: ExcerptPiece[]
}

export interface Findings {
	total: number
	found: Found[]
	/** The words that could be meant, where nothing was found and the database can compare words. */
	meant: string | undefined
}

export interface SearchRequest {
	words: string
	/** Address part of a body. */
	body?: string | undefined
	kind?: string | undefined
	/** From 1. */
	page?: number
}

const HEADLINE = `StartSel=${FOUND_BEGINS}, StopSel=${FOUND_ENDS}, FragmentDelimiter=${PIECE_ENDS}, MaxFragments=2, MaxWords=28, MinWords=12`

/** Finds words in everything that this reader may read, in English and Spanish, with or without accents; best first. */
export async function findByWords(reader: Reader<CoalitionTables>, actor: Actor, asked: SearchRequest, now: Date): Promise<Findings> {
	const words = asked.words.normalize('NFC').replace(/\p{C}/gu, ' ').trim().slice(0, 200)
	if (!words) return { total: 0, found: [], meant: undefined }
	const reach = await findReach(reader, actor, now)
	const rows = await selectFound(reader, reach, { ...asked, words })
	if (rows.length === 0) return { total: 0, found: [], meant: await guessWords(reader, reach, words) }
	const found = rows.map(({ body, title, text, english, spanish, english_text, spanish_text, kind, id, page, at }) => {
		const marks = (excerpt: string) => excerpt.split(FOUND_BEGINS).length
		const { slug, name } = reach.known.find((one) => one.id === body)!
		return { kind, id, page, title, at, body: { slug, name }, excerpt: marks(spanish) > marks(english) ? excerptOf(text, spanish_text, spanish) : excerptOf(text, english_text, english) }
	})
	return { total: Number(rows[0]!.total), found, meant: undefined }
}

/** Rows of the view that this reader may read. */
function readable({ known, inside }: Reach, slug: string | undefined) {
	const ids = (bodies: { id: string }[]) => sql`${bodies.map(({ id }) => id)}::text[]`
	const chosen = slug === undefined ? sql`true` : sql`body = ${inside.find((body) => body.slug === slug)?.id ?? ''}`
	return sql`(body = any(${ids(inside)}) or (other_body = any(${ids(inside)}) and body = any(${ids(known)}))) and ${chosen}`
}

interface Row {
	kind: FindableKind
	id: string
	page: string
	body: string
	title: string
	text: string
	at: Date
	total: string
	english: string
	english_text: string
	spanish: string
	spanish_text: string
}

async function selectFound(reader: Reader<CoalitionTables>, reach: Reach, { words, body, kind, page = 1 }: SearchRequest): Promise<Row[]> {
	const known = FINDABLE_KINDS.find((one) => one === kind)
	const { rows } = await sql<Row>`
		select shown.*, coalition.fold(text) as english_text, coalition.fold_spanish(text) as spanish_text,
			ts_headline('pg_catalog.english', coalition.fold(text), coalition.asked_words(${words}), ${HEADLINE}) as english,
			ts_headline('pg_catalog.spanish', coalition.fold_spanish(text), coalition.asked_words(${words}), ${HEADLINE}) as spanish
		from (
			select kind, id, page, body, title, text, at, count(*) over () as total, ts_rank(words, coalition.asked_words(${words})) as rank from coalition.findable
			where words @@ coalition.asked_words(${words}) and ${readable(reach, body)} and ${known ? sql`kind = ${known}` : sql`true`}
			order by rank desc, at desc, id limit ${FOUND_PER_PAGE} offset ${(page - 1) * FOUND_PER_PAGE}
		) shown order by rank desc, at desc, id`.execute(reader)
	return rows
}

/** How alike two words must be, from 0 to 1, to be taken for a slip of the finger. */
const ALIKE = 0.35

/** The words with each that is not in anything readable replaced by the most alike one; undefined where nothing is alike, or where pg_trgm is not there. */
async function guessWords(reader: Reader<CoalitionTables>, reach: Reach, words: string): Promise<string | undefined> {
	const { rows: [able] } = await sql<{ able: boolean }>`select to_regprocedure('similarity(text, text)') is not null as able`.execute(reader)
	if (!able!.able) return undefined
	const typed = words.toLowerCase().split(/[^\p{L}\p{N}]+/u).filter((word) => word.length >= 4)
	if (typed.length === 0) return undefined
	const { rows } = await sql<{ typed: string; word: string }>`
		with known as (
			select distinct lower(word) as word from (select title, text from coalition.findable where ${readable(reach, undefined)} order by at desc limit 2000) shown, regexp_split_to_table(title || ' ' || text, '[^[:alnum:]]+') as word where length(word) between 3 and 40
		)
		select typed, near.word from unnest(${typed}::text[]) as typed
		cross join lateral (select word from known where similarity(coalition.fold(word), coalition.fold(typed)) > ${ALIKE} order by similarity(coalition.fold(word), coalition.fold(typed)) desc, word limit 1) near`.execute(reader)
	const meant = rows.reduce((sentence, { typed: wrong, word }) => sentence.replace(wrong, word), words.toLowerCase())
	return meant === words.toLowerCase() ? undefined : meant
}
