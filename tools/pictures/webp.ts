/** A picture of a film, as a browser's canvas encodes it in lossy WebP. */
export interface Frame {
	readonly webp: Buffer;
	/** Milliseconds. */
	readonly duration: number;
}

const chunk = (name: string, payload: Buffer): Buffer => {
	const header = Buffer.alloc(8);
	header.write(name, 'latin1');
	header.writeUInt32LE(payload.length, 4);
	return Buffer.concat([header, payload, Buffer.alloc(payload.length % 2)]);
};

/** The chunk with the picture itself; what is before and after it is metadata. */
function pictureOf(webp: Buffer): Buffer {
	for (let at = 12; at < webp.length;) {
		const size = webp.readUInt32LE(at + 4);
		const end = at + 8 + size + (size % 2);
		if (webp.toString('latin1', at, at + 4) === 'VP8 ') return webp.subarray(at, end);
		at = end;
	}
	throw new Error('The picture is no lossy WebP');
}

const ANIMATED = 0b10;
const REPLACES = 0b10;

/**
 * Joins pictures of the same size into an animated WebP that repeats.
 * https://developers.google.com/speed/webp/docs/riff_container
 */
export function animate(frames: readonly Frame[], width: number, height: number): Buffer {
	const size = Buffer.alloc(6);
	size.writeUIntLE(width - 1, 0, 3);
	size.writeUIntLE(height - 1, 3, 3);
	const features = Buffer.concat([Buffer.from([ANIMATED, 0, 0, 0]), size]);
	const pictures = frames.map(({ webp, duration }) => {
		const header = Buffer.alloc(16);
		size.copy(header, 6);
		header.writeUIntLE(duration, 12, 3);
		header[15] = REPLACES;
		return chunk('ANMF', Buffer.concat([header, pictureOf(webp)]));
	});
	const body = Buffer.concat([
		Buffer.from('WEBP', 'latin1'),
		chunk('VP8X', features),
		// No background color, and no end.
		chunk('ANIM', Buffer.alloc(6)),
		...pictures,
	]);
	return chunk('RIFF', body);
}
