import { join } from 'node:path'

/** Where the region manifests lie. */
export const REGIONS_FOLDER = join(import.meta.dirname, '..', 'regions')
