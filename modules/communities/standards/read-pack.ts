import { LineCounter, isNode, parseDocument, type Document } from 'yaml'
import { packSchema, type StandardPack } from './pack.ts'
import { faultsOf } from './pack-faults.ts'

/** A problem of a pack: `error_<code>` is its sentence; the parameters name the line and what stands there. */
export interface PackProblem {
	code: string
	parameters: { line: number; path: string } & Record<string, string | number>
}

/** The longest pack that is read, in characters. */
export const LONGEST_PACK = 1_000_000
/** Most problems that are told at once. */
const MOST_PROBLEMS = 50

/** Reads the YAML (or JSON) text of a pack: the pack, or every problem with the line where it stands. Never throws; aliases are limited. */
export function readPack(text: string): { pack?: StandardPack; problems: PackProblem[] } {
	if (text.length > LONGEST_PACK) return { problems: [{ code: 'pack_too_long', parameters: { line: 1, path: '', limit: LONGEST_PACK } }] }
	const lines = new LineCounter()
	const document = parseDocument(text, { lineCounter: lines })
	if (document.errors.length > 0) {
		return { problems: document.errors.slice(0, MOST_PROBLEMS).map((error) => ({ code: 'pack_not_yaml', parameters: { line: error.linePos?.[0].line ?? 1, path: '', reason: error.message.split('\n')[0]!.replace(/ at line \d+, column \d+:?$/, '') } })) }
	}
	const at = (path: readonly PropertyKey[], code: string, parameters: Record<string, string | number> = {}): PackProblem => ({ code, parameters: { line: lineOf(document, lines, path), path: path.join('.'), ...parameters } })
	const read = packSchema.safeParse(contentOf(document))
	const problems = read.success
		? faultsOf(read.data).map(({ path, code, parameters }) => at(path, code, parameters))
		: read.error.issues.map((issue) => (issue.code === 'unrecognized_keys' ? at([...issue.path, issue.keys[0]!], 'pack_word_unknown', { word: issue.keys.join(', ') }) : at(issue.path, ...reasonOf(issue))))
	problems.sort((a, b) => a.parameters.line - b.parameters.line)
	return read.success && problems.length === 0 ? { pack: read.data, problems } : { problems: problems.slice(0, MOST_PROBLEMS) }
}

function reasonOf(issue: { code: string; path: PropertyKey[]; input?: unknown; values?: unknown[]; message: string }): [string, Record<string, string | number>] {
	const word = String(issue.path.at(-1) ?? '')
	if (issue.code === 'invalid_value' && issue.values) return ['pack_word_not_listed', { word, listed: issue.values.join(', ') }]
	if (issue.code === 'invalid_type' && issue.message.endsWith('undefined')) return ['pack_word_missing', { word }]
	return ['pack_word_wrong', { word }]
}

function contentOf(document: Document.Parsed): unknown {
	try {
		return document.toJS({ maxAliasCount: 100 })
	} catch {
		return undefined
	}
}

/** The line of the node at a path, or of the nearest node above it that exists. */
function lineOf(document: Document.Parsed, lines: LineCounter, path: readonly PropertyKey[]): number {
	for (let length = path.length; length >= 0; length--) {
		const node = length === 0 ? document.contents : document.getIn(path.slice(0, length), true)
		if (isNode(node) && node.range) return lines.linePos(node.range[0]).line
	}
	return 1
}
