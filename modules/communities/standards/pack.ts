import { z } from 'zod'

const key = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
/** A text by language; `readPack` wants every language that the pack promises. */
const text = z.record(z.enum(['en', 'es']), z.string().min(1).max(2000).optional()).refine((texts) => Object.values(texts).some(Boolean))
/** What nobody has found in the standard's own words yet. It is marked wherever it is shown, and a version that holds any is never awarded. */
const unconfirmed = z.boolean().default(false)

const lens = z.strictObject({ key, title: text, about: text.optional(), unconfirmed })
const area = z.strictObject({ key, title: text, goal: text.optional(), unconfirmed, categories: z.array(z.strictObject({ key, title: text, unconfirmed })).default([]) })
const indicator = z.strictObject({
	key, name: text, unit: text.optional(), definition: text.optional(), source: z.string().optional(),
	/** The atlas's own measure of it, by its key, where there is one. */
	atlas: z.string().optional(),
	/** What is better. */
	better: z.enum(['higher', 'lower']).optional(), unconfirmed,
})
const objective = z.strictObject({ key, area: key, category: key.optional(), title: text, about: text.optional(), indicators: z.array(indicator).default([]), unconfirmed })
const phase = z.strictObject({ key, title: text, purpose: text.optional(), unconfirmed })
const field = z.strictObject({ key, title: text, kind: z.enum(['words', 'list', 'table', 'choice', 'place', 'number', 'yes_no']), options: z.array(z.strictObject({ key, title: text })).default([]), required: z.boolean().default(false), unconfirmed })
const action = z.strictObject({
	key, phase: key.optional(), title: text, purpose: text.optional(), activities: z.array(text).default([]),
	/** What people outside of the team are asked, and how: evidence of its own. */
	engagement: text.optional(), fields: z.array(field).default([]), unconfirmed,
})
const deliverable = z.strictObject({ key, title: text, about: text.optional(), phase: key.optional(), actions: z.array(key).default([]), unconfirmed })

/** When something is due: whole months after an event. */
const due = z.strictObject({ months: z.int().min(1).max(240), after: z.union([z.enum(['registration', 'award']), z.templateLiteral(['endorsement:', z.string()])]) })
const requirement = z.strictObject({ key, title: text, about: text.optional(), deliverable: key.optional(), action: key.optional(), needed: z.boolean().default(true), points: z.number().min(0).optional(), unconfirmed })
const submission = z.strictObject({
	key, title: text, about: text.optional(), requirements: z.array(requirement).min(1), due: due.optional(),
	/** Submissions that must be endorsed before. */
	after: z.array(key).default([]),
	/** Looks that a reviewer takes: a preliminary and a final one make two. */
	rounds: z.int().min(1).max(9), fee: z.strictObject({ amount: z.number().min(0), currency: z.string().regex(/^[A-Z]{3}$/) }).optional(),
	/** Whether everybody reads it once it is endorsed. */
	published: z.boolean().default(true), unconfirmed,
})
const certification = z.strictObject({
	submissions: z.array(submission).min(1),
	award: z.strictObject({ title: text, after: z.array(key).min(1), levels: z.array(z.strictObject({ key, title: text, points: z.number().min(0) })).default([]), unconfirmed }),
	reports: z.strictObject({ title: text, months: z.int().min(1).max(120), lapse_months: z.int().min(1).max(60), unconfirmed }).optional(),
	review_days: z.int().min(1).max(365), response_days: z.int().min(1).max(730), appeal_days: z.int().min(1).max(365),
	fees: z.array(z.strictObject({ key, title: text, amount: z.number().min(0), currency: z.string().regex(/^[A-Z]{3}$/) })).default([]),
})

export const packSchema = z.strictObject({
	standard: key, version: z.string().regex(/^\d+(\.\d+){0,2}$/),
	/** How often this version was written down anew here: its publisher's version stays, mistakes in a pack are mended by the next edition. */
	edition: z.int().min(1).max(999).default(1), languages: z.array(z.enum(['en', 'es'])).min(1),
	title: text, summary: text, licence: z.string().min(1), publisher: z.string().min(1),
	provenance: z.array(z.strictObject({ title: z.string().min(1), url: z.url().optional() })).min(1),
	/** What is known to be missing from the pack. */
	missing: z.array(text).default([]),
	/** What the standard calls its lenses, outcome areas and actions, in the plural. */
	words: z.strictObject({ lens: text.optional(), area: text.optional(), action: text.optional() }).default({}),
	/** Who may award by it: the key of an organization as a DID. Without one a project can only practise. */
	certifier: z.strictObject({ name: z.string().min(1), did: z.string().regex(/^did:(key|web):\S+$/) }).optional(),
	lenses: z.array(lens).default([]), areas: z.array(area).min(1), objectives: z.array(objective).default([]),
	phases: z.array(phase).default([]), actions: z.array(action).default([]), deliverables: z.array(deliverable).default([]),
	/** What a target must be before it is taken up. */
	gates: z.array(z.strictObject({ key, title: text })).default([]),
	/** Where every area or category wants so many objectives, or a reason. */
	coverage: z.array(z.strictObject({ of: z.enum(['areas', 'categories']), least: z.int().min(1), unconfirmed })).default([]),
	certification: certification.optional(),
})

/** A version of a standard: what it looks at, what a project does, and how it is certified. Nothing of the rooms that use it knows a standard by name. */
export type StandardPack = z.output<typeof packSchema>
export type PackText = Partial<Record<'en' | 'es', string>>
export type PackObjective = z.output<typeof objective>
export type PackAction = z.output<typeof action>
export type PackSubmission = z.output<typeof submission>
