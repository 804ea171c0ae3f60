import type { IDataObject } from 'n8n-workflow';

import { isSameSecret } from '../../../nodes/Aha/triggers/secret';

type DeliveriesModule = typeof import('../../../nodes/Aha/triggers/deduplicator');

function startProcess(): DeliveriesModule {
	let loaded: DeliveriesModule | undefined;
	jest.isolateModules(() => {
		loaded = jest.requireActual<DeliveriesModule>('../../../nodes/Aha/triggers/deduplicator');
	});
	return loaded as DeliveriesModule;
}

const copy = (data: IDataObject): IDataObject => JSON.parse(JSON.stringify(data)) as IDataObject;
const id = (serial: number) => String(6_543_581_008_138_760_991n + BigInt(serial) * 7_919n);

describe('deliveries that repeat', () => {
	it('count once, in any order, each for its own trigger', () => {
		const { isFirstDelivery } = startProcess();
		const arrivals = [5, 3, 5, 4, 3, 9, 9, 1];
		const data: IDataObject = {};
		expect(arrivals.filter((serial) => isFirstDelivery('a', data, id(serial)))).toEqual([
			5, 3, 4, 9, 1,
		]);
		expect(isFirstDelivery('b', {}, id(5))).toBe(true);
	});

	it('are known when n8n loads the static data anew for each of them', () => {
		const { isFirstDelivery } = startProcess();
		expect(isFirstDelivery('a', {}, id(1))).toBe(true);
		expect(isFirstDelivery('a', {}, id(1))).toBe(false);
	});

	it('are known after a restart', () => {
		const data: IDataObject = {};
		startProcess().isFirstDelivery('a', data, id(1));
		const { isFirstDelivery } = startProcess();
		const stored = copy(data);
		expect(isFirstDelivery('a', stored, id(1))).toBe(false);
		expect(isFirstDelivery('a', stored, id(2))).toBe(true);
	});

	it('are handled within 64 KB', () => {
		const { isFirstDelivery } = startProcess();
		const data: IDataObject = {};
		for (let serial = 1; serial <= 2_500; serial++) isFirstDelivery('a', data, id(serial));
		expect(JSON.stringify(data).length).toBeLessThan(64 * 1024);
		expect(isFirstDelivery('a', data, id(501))).toBe(false);
		expect(isFirstDelivery('a', data, id(500))).toBe(true);
	});

	it.each([null, 'text', {}, { version: 2, ids: '1' }, { version: 1, ids: 7 }])(
		'are not misled by %j in the static data',
		(deliveries) => {
			const { isFirstDelivery } = startProcess();
			const data = { deliveries: deliveries as IDataObject };
			expect(isFirstDelivery('a', data, '1')).toBe(true);
			expect(isFirstDelivery('a', data, '1')).toBe(false);
		},
	);
});

describe('the secret', () => {
	it.each([
		['sandbox-secret-0001', true],
		['sandbox-secret-0002', false],
		['sandbox-secret-000', false],
		['sandbox-secret-00010', false],
		['', false],
		[undefined, false],
		[['sandbox-secret-0001'], false],
		[{ length: 19 }, false],
	])('takes %j: %s', (given, isSame) => {
		expect(isSameSecret(given, 'sandbox-secret-0001')).toBe(isSame);
	});
});
