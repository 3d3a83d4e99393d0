import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { inputsOfDerivation, readDerivations, type Derivation } from '@throughline/stats'
import { Refusal } from '#database'
import { columnFields } from './table-schema.ts'

const FOLDER = join(import.meta.dirname, '../../measures')
const schema = z.strictObject({ first: z.int(), last: z.int(), derive: z.array(z.unknown()), counts: columnFields.counts, shares: columnFields.shares, amounts: columnFields.amounts })

/** How the variables of a survey become indicators. */
export interface Measures extends Pick<z.infer<typeof schema>, 'counts' | 'shares' | 'amounts'> {
	/** The first and the last year in which a survey may end. */
	first: number
	last: number
	derivations: Derivation[]
	/** Variables without their last letter, in order: `B09001_001` stands for its E, M, EA and MA. */
	stems: string[]
}

/** Reads a file of `modules/atlas/measures`. Errors: `manifest_invalid` when there is none of that name or it is not right. */
export function getMeasures(name: string): Measures {
	const file = join(FOLDER, `${name}.yml`)
	const fail = (path: string, reason: string) => new Refusal('manifest_invalid', { file: `${name}.yml`, path, reason })
	if (!/^[a-z0-9-]+$/.test(name) || !existsSync(file)) throw fail('measures', 'there is no such file in modules/atlas/measures')
	const read = schema.safeParse(parse(readFileSync(file, 'utf8')))
	if (!read.success) throw fail(read.error.issues[0]!.path.join(' → '), read.error.issues[0]!.message)
	const { derive, ...rest } = read.data
	const { derivations, problems } = readDerivations(derive)
	if (problems.length > 0) throw fail(problems[0]!.path, problems[0]!.code)
	const derived = new Set(derivations.map(({ column }) => column))
	const raw = derivations.flatMap((derivation) => inputsOfDerivation(derivation).needed).filter((column) => !derived.has(column))
	return { ...rest, derivations, stems: [...new Set(raw.map((column) => column.slice(0, -1)))] }
}
