import { serve } from '#lib/server/api/serve.ts'
import { collectionTileSetEndpoint } from '#lib/server/ogc/tiles.ts'

export const { GET, fallback } = serve(collectionTileSetEndpoint)
