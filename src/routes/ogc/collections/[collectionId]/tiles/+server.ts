import { serve } from '#lib/server/api/serve.ts'
import { collectionTileSetsEndpoint } from '#lib/server/ogc/tiles.ts'

export const { GET, fallback } = serve(collectionTileSetsEndpoint)
