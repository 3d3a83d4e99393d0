import type { z } from 'zod'
import { Refusal } from '#database'
import { sentenceOf, type Language } from './language.ts'

/**
 * The parameters of an address, checked by the schema that describes them.
 * Errors: `api_parameter_unknown`, `api_parameter_repeated`, `api_parameter_missing`, `api_parameter_invalid`.
 */
export function readParameters(schema: z.ZodObject, given: URLSearchParams, language: Language): Record<string, unknown> {
	const known = Object.keys(schema.shape)
	for (const parameter of given.keys()) {
		if (!known.includes(parameter)) throw unknownParameter(parameter, known)
		if (given.getAll(parameter).length > 1) throw new Refusal('api_parameter_repeated', { parameter })
	}
	const read = schema.safeParse(Object.fromEntries(given))
	if (read.success) return read.data
	const parameter = String(read.error.issues[0]!.path[0])
	const about = sentenceOf((schema.shape[parameter] as z.ZodType).description ?? '', language)
	const value = given.get(parameter)
	if (value === null) throw new Refusal('api_parameter_missing', { parameter, about })
	throw new Refusal('api_parameter_invalid', { parameter, value: value.slice(0, 100), about })
}

function unknownParameter(parameter: string, known: string[]): Refusal {
	if (known.length === 0) return new Refusal('api_parameters_none', { parameter })
	return new Refusal('api_parameter_unknown', { parameter: parameter.slice(0, 100), known: known.join(', ') })
}
