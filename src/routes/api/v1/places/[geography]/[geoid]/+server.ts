import { serve } from '#lib/server/api/serve.ts'
import { placeEndpoint } from '#lib/server/api/places.ts'

export const { GET, fallback } = serve(placeEndpoint)
