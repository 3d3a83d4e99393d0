import { serve } from '#lib/server/api/serve.ts'
import { tileMatrixSetsEndpoint } from '#lib/server/ogc/tiles.ts'

export const { GET, fallback } = serve(tileMatrixSetsEndpoint)
