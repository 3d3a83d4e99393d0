import { serve } from '#lib/server/api/serve.ts'
import { geographiesEndpoint } from '#lib/server/api/geographies.ts'

export const { GET, fallback } = serve(geographiesEndpoint)
