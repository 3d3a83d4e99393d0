import { readRecipe, type Recipe } from '@throughline/stats'
import { LineCounter, isNode, parseDocument, type Document } from 'yaml'

/** A problem of a recipe file: `error_<code>` is its sentence; the parameters name file, line and path. */
export interface RecipeFileProblem {
	code: string
	parameters: Record<string, string | number>
}

/** The largest recipe that is read, in characters; a recipe of a hundred indicators has about 30,000. */
const LONGEST = 500_000

/**
 * Reads the YAML text of a recipe. Gives the recipe, or every problem with the line where it stands; never throws. Aliases are limited
 * so that a small file cannot grow without bound.
 */
export function readRecipeFile(text: string, fileName: string): { recipe?: Recipe; problems: RecipeFileProblem[] } {
	if (text.length > LONGEST) return { problems: [{ code: 'recipe_file_too_long', parameters: { file: fileName, limit: LONGEST } }] }
	const lines = new LineCounter()
	const document = parseDocument(text, { lineCounter: lines })
	if (document.errors.length > 0) {
		return { problems: document.errors.map((error) => ({
			code: 'recipe_file_not_yaml',
			parameters: { file: fileName, line: error.linePos?.[0].line ?? 1, reason: error.message.split('\n')[0]!.replace(/ at line \d+, column \d+:?$/, '') },
		})) }
	}
	const { recipe, problems } = readRecipe(contentOf(document))
	const located = problems.map(({ code, path, parameters }) => ({ code, parameters: { file: fileName, line: lineOf(document, lines, path), ...parameters } }))
		.sort((a, b) => a.parameters.line - b.parameters.line)
	return recipe ? { recipe, problems: [] } : { problems: located }
}

function contentOf(document: Document.Parsed): unknown {
	try {
		return document.toJS({ maxAliasCount: 100 })
	} catch {
		return undefined
	}
}

/** The line of the node at a path such as `themes[0].members[2]`, or of the nearest node above it that exists. */
function lineOf(document: Document.Parsed, lines: LineCounter, path: string): number {
	const steps = path.split(/[.[\]]+/).filter(Boolean).map((step) => (/^\d+$/.test(step) ? Number(step) : step))
	for (let length = steps.length; length >= 0; length--) {
		const node = length === 0 ? document.contents : document.getIn(steps.slice(0, length), true)
		if (isNode(node) && node.range) return lines.linePos(node.range[0]).line
	}
	return 1
}
