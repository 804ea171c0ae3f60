import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { md, pki } from 'node-forge';

const DAY = 86_400_000;
/** Days until a certificate expires; browsers accept at most 398. */
const VALID = 90;

/** The server's key and certificate chain, as PEM. */
export interface ServerIdentity {
	readonly key: string;
	readonly cert: string;
}

/**
 * Creates a certificate authority for this run and has it sign a certificate for `*.aha.io`. Only
 * the authority's certificate is written to disk; both private keys stay in memory.
 *
 * @param folder receives `authority.pem`
 * @param hosts of the accounts: `*.aha.io` does not cover those of a region
 */
export function createAuthority(
	folder: string,
	hosts: readonly string[] = [],
): { file: string; identity: ServerIdentity } {
	const authority = newKeys();
	const root = certificate(authority.publicKey, 'Simulated Aha certificate authority');
	root.setIssuer(root.subject.attributes);
	root.setExtensions([
		{ name: 'basicConstraints', cA: true, critical: true },
		{ name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
		{ name: 'subjectKeyIdentifier' },
	]);
	root.sign(authority.privateKey, md.sha256.create());

	const server = newKeys();
	const leaf = certificate(server.publicKey, '*.aha.io');
	leaf.setIssuer(root.subject.attributes);
	leaf.setExtensions([
		{ name: 'basicConstraints', cA: false },
		{ name: 'keyUsage', digitalSignature: true, keyEncipherment: true, critical: true },
		{ name: 'extKeyUsage', serverAuth: true },
		{ name: 'subjectAltName', altNames: ['*.aha.io', ...hosts].map(dnsName) },
		{ name: 'subjectKeyIdentifier' },
	]);
	leaf.sign(authority.privateKey, md.sha256.create());

	const file = join(folder, 'authority.pem');
	writeFileSync(file, pki.certificateToPem(root));
	// With the issuer, so that a browser can be told to trust only this authority.
	const cert = pki.certificateToPem(leaf) + pki.certificateToPem(root);
	return { file, identity: { key: server.pem, cert } };
}

/** A DNS name in X.509, where it has the type 2. */
const dnsName = (value: string) => ({ type: 2, value });

/** Node.js generates keys natively; node-forge would take seconds. */
function newKeys() {
	const { privateKey: pem } = generateKeyPairSync('rsa', {
		modulusLength: 2048,
		privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
		publicKeyEncoding: { type: 'spki', format: 'pem' },
	});
	const privateKey = pki.privateKeyFromPem(pem);
	return { pem, privateKey, publicKey: pki.setRsaPublicKey(privateKey.n, privateKey.e) };
}

function certificate(publicKey: pki.rsa.PublicKey, commonName: string): pki.Certificate {
	const cert = pki.createCertificate();
	cert.publicKey = publicKey;
	// Browsers refuse negative numbers and those with a leading zero byte.
	cert.serialNumber = `01${randomBytes(15).toString('hex')}`;
	cert.validity.notBefore = new Date(Date.now() - DAY);
	cert.validity.notAfter = new Date(Date.now() + VALID * DAY);
	// Browsers refuse an exclamation mark in a name.
	cert.setSubject([
		{ name: 'commonName', value: commonName },
		{ name: 'organizationName', value: 'Simulated Aha' },
	]);
	return cert;
}
