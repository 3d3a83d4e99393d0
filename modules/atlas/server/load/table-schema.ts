import { z } from 'zod'

const shareSchema = z.strictObject({ code: z.string(), universe: z.string().optional(), universe_margin: z.string().optional() })
const amountSchema = z.strictObject({ estimate: z.string(), margin: z.string().optional() })
const ratioSchema = z.strictObject({ numerator: z.string(), universe: z.string() })

/** Which columns are which indicators. */
export const columnFields = {
	/** Indicator → code: columns E_<code> and M_<code>. */
	counts: z.record(z.string(), z.string()).default({}),
	/** Indicator → code: columns EP_, MP_, E_ and M_<code>, with the universe's column where the table has one. */
	shares: z.record(z.string(), shareSchema).default({}),
	amounts: z.record(z.string(), amountSchema).default({}),
	/** Indicator → two columns of counts without margins. */
	ratios: z.record(z.string(), ratioSchema).default({}),
	/** Indicator → the share (above) of which it is all the rest: 100 minus it, with the same margin. */
	complements: z.record(z.string(), z.string()).default({}),
}

/** A table of a manifest. */
export const tableSchema = z.strictObject({
	geography: z.string(),
	key: z.string(),
	missing: z.array(z.string()).default([]),
	/** A file of `modules/atlas/measures` that says how the columns are computed; the table then names none itself. */
	measures: z.string().optional(),
	...columnFields,
})

export type ManifestTable = z.infer<typeof tableSchema>
