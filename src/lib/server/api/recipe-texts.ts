import { createHash } from 'node:crypto'

const files = import.meta.glob<string>('/modules/atlas/recipes/*.yml', { query: '?raw', import: 'default', eager: true })
const texts = new Map(Object.values(files).map((text) => [createHash('sha256').update(text).digest('hex'), text]))

/** The YAML of a preset by the hash under which an index was computed; undefined when this program carries another text by now. */
export function findRecipeText(hash: string): string | undefined {
	return texts.get(hash)
}
