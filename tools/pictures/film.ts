import type { Page } from 'playwright-core';

import { animate, type Frame } from './webp';

const WIDTH = 1000;

/** Records a page picture by picture. */
export class Film {
	private readonly frames: Frame[] = [];

	private height = 0;

	/** @param lab a page that encodes the pictures */
	constructor(private readonly lab: Page) {}

	/** Adds what a page shows now, for some milliseconds. */
	async shoot(page: Page, duration: number): Promise<void> {
		const png = await page.screenshot({ animations: 'disabled' });
		const { data, height } = await this.lab.evaluate(encode, [png.toString('base64'), WIDTH]);
		this.height = height;
		this.frames.push({ webp: Buffer.from(data, 'base64'), duration });
	}

	/** The film as an animated WebP. */
	develop(): Buffer {
		return animate(this.frames, WIDTH, this.height);
	}
}

/** Runs in the browser. */
async function encode([png, width]: [string, number] | (string | number)[]) {
	const image = new Image();
	image.src = `data:image/png;base64,${png}`;
	await image.decode();
	const canvas = document.createElement('canvas');
	canvas.width = Number(width);
	canvas.height = Math.round((image.height * canvas.width) / image.width);
	const context = canvas.getContext('2d');
	context?.drawImage(image, 0, 0, canvas.width, canvas.height);
	const [, data] = canvas.toDataURL('image/webp', 0.75).split(',');
	return { data, height: canvas.height };
}
