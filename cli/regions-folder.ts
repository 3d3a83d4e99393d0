import { join, resolve } from 'node:path'

const ROOT = join(import.meta.dirname, '..')

/**
 * Where region manifests lie: first the administrator's own, which an upgrade leaves alone, then those that come with Throughline.
 * The own folder is `--regions`, else `THROUGHLINE_REGIONS`, else `data/regions` in the project folder.
 */
export function regionFolders(option: string | undefined = process.env.THROUGHLINE_REGIONS): [own: string, shipped: string] {
	return [resolve(option || join(ROOT, 'data', 'regions')), join(ROOT, 'regions')]
}
