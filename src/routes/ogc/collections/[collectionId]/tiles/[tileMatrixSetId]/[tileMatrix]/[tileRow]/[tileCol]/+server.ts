import { serve } from '#lib/server/api/serve.ts'
import { collectionTileEndpoint } from '#lib/server/ogc/tiles.ts'

export const { GET, fallback } = serve(collectionTileEndpoint)
