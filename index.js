/** The built credential types and nodes, for people who load them by code. */
module.exports = {
	credentials: {
		...require('./dist/credentials/AhaApiKey.credentials.js'),
		...require('./dist/credentials/AhaOAuth2Api.credentials.js'),
	},
	nodes: {
		...require('./dist/nodes/Aha/Aha.node.js'),
	},
};
