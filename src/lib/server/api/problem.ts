import { Refusal } from '#database'
import { sentenceOf, type Language } from './language.ts'

/** Every refusal of the programming interface with its HTTP status. */
export const PROBLEMS: Readonly<Record<string, number>> = {
	api_parameter_unknown: 400,
	api_parameters_none: 400,
	api_parameter_repeated: 400,
	api_parameter_missing: 400,
	api_parameter_invalid: 400,
	api_cursor_stale: 400,
	api_geography_unknown: 400,
	api_county_unknown: 400,
	api_indicator_unknown: 400,
	api_series_unknown: 400,
	api_address_unknown: 404,
	api_area_unknown: 404,
	api_citation_unknown: 404,
	api_collection_unknown: 404,
	api_feature_unknown: 404,
	api_geography_absent: 404,
	api_indicator_absent: 404,
	api_place_unknown: 404,
	api_tile_outside: 404,
	api_tile_set_unknown: 404,
	api_method_not_allowed: 405,
	api_too_many_requests: 429,
	api_failed: 500,
	api_not_ready: 503,
}

/** A problem as RFC 9457 describes it; `code` and `description` repeat it as OGC API clients read it. */
export function problemResponse(reason: Refusal, url: URL, language: Language, headers: Record<string, string> = {}): Response {
	const status = PROBLEMS[reason.code] ?? 400
	const detail = sentenceOf(`error_${reason.code}`, language, reason.parameters)
	const body = { type: new URL(`/developers#${reason.code.replaceAll('_', '-')}`, url).href, title: sentenceOf(`api_status_${status}`, language), status, detail, instance: url.pathname + url.search, code: reason.code, description: detail }
	return new Response(JSON.stringify(body), {
		status,
		headers: { 'content-type': 'application/problem+json', 'content-language': language, vary: 'accept-language', 'cache-control': 'no-store', 'access-control-allow-origin': '*', ...headers },
	})
}

/** What went wrong as a refusal; what nobody foresaw is written to the server's output. */
export function reasonOf(cause: unknown, asked: string): Refusal {
	if (cause instanceof Refusal) return cause
	console.error(asked, cause)
	return new Refusal('api_failed')
}
