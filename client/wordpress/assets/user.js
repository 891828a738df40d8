/**
 * Tells every element on the page who is signed in, and how to get this site's signed word on it. Runs before the
 * element's module does.
 */
( function () {
	const { userId, server, tokenUrl, nonce } = document.currentScript.dataset;

	async function getUserToken() {
		const response = await fetch( tokenUrl, {
			method: 'POST',
			credentials: 'same-origin',
			headers: { 'X-WP-Nonce': nonce },
		} );
		if ( ! response.ok ) {
			throw new Error( `No user token: ${ response.status }` );
		}
		return ( await response.json() ).token;
	}

	function tell( element ) {
		const asked = element.getAttribute( 'server' );
		// A token is for this site's own server alone.
		if ( ( asked && asked !== server ) || element.hasAttribute( 'user-token' ) ) {
			return;
		}
		if ( tokenUrl ) {
			element.getUserToken = getUserToken;
		}
		if ( tokenUrl || ! element.hasAttribute( 'user-id' ) ) {
			element.userId = userId;
		}
	}

	const told = new WeakSet();
	function look() {
		for ( const element of document.getElementsByTagName( 'seon-verify' ) ) {
			if ( ! told.has( element ) ) {
				told.add( element );
				tell( element );
			}
		}
	}

	look();
	// Elements that a div becomes, or that come later.
	new MutationObserver( look ).observe( document, { childList: true, subtree: true } );
} )();
