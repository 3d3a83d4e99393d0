import { serve } from '#lib/server/api/serve.ts'
import { collectionEndpoint } from '#lib/server/ogc/collections.ts'

export const { GET, fallback } = serve(collectionEndpoint)
