import { serve } from '#lib/server/api/serve.ts'
import { placesEndpoint } from '#lib/server/api/places.ts'

export const { GET, fallback } = serve(placesEndpoint)
