interface Detector {
	detect(source: HTMLVideoElement): Promise<{ rawValue: string }[]>
}

const detectorOf = () => (globalThis as { BarcodeDetector?: new (options: { formats: string[] }) => Detector }).BarcodeDetector

/** Whether this browser reads pictures of codes with its camera. */
export const readsCodes = (): boolean => detectorOf() !== undefined && 'mediaDevices' in navigator

const LOOK_EACH_MS = 250

/** Reads codes with the camera behind the telephone into `told` until `signal` ends it; each code once. Throws where the camera is not given. */
export async function readCodes(video: HTMLVideoElement, told: (text: string) => void, signal: AbortSignal): Promise<void> {
	const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } })
	const detector = new (detectorOf()!)({ formats: ['qr_code'] })
	const seen = new Set<string>()
	signal.addEventListener('abort', () => stream.getTracks().forEach((track) => track.stop()), { once: true })
	video.srcObject = stream
	await video.play()
	while (!signal.aborted) {
		for (const { rawValue } of await detector.detect(video).catch(() => [])) {
			if (seen.has(rawValue)) continue
			seen.add(rawValue)
			told(rawValue)
		}
		await new Promise((resolve) => void setTimeout(resolve, LOOK_EACH_MS))
	}
}
