import { serve } from '#lib/server/api/serve.ts'
import { areaEndpoint } from '#lib/server/api/areas.ts'

export const { GET, fallback } = serve(areaEndpoint)
