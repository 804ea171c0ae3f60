import { pki } from 'node-forge';

/** A certificate for all accounts that signs itself, and its key, both as PEM. */
export function selfSigned(): { key: string; cert: string } {
	const keys = pki.rsa.generateKeyPair(2048);
	const made = pki.createCertificate();
	made.publicKey = keys.publicKey;
	made.serialNumber = '01';
	made.validity.notBefore = new Date(Date.now() - 86_400_000);
	made.validity.notAfter = new Date(Date.now() + 86_400_000);
	const name = [{ name: 'commonName', value: '*.aha.io' }];
	made.setSubject(name);
	made.setIssuer(name);
	made.setExtensions([
		{ name: 'basicConstraints', cA: true },
		{ name: 'subjectAltName', altNames: [{ type: 2, value: '*.aha.io' }] },
	]);
	made.sign(keys.privateKey);
	return { key: pki.privateKeyToPem(keys.privateKey), cert: pki.certificateToPem(made) };
}
