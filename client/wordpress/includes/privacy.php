<?php
/**
 * What a site's privacy policy may say of this, offered where WordPress offers such texts.
 *
 * @package SeonVerify
 */

defined( 'ABSPATH' ) || exit;

add_action( 'admin_init', 'seon_verify_offer_privacy_text' );

/**
 * Offers it.
 */
function seon_verify_offer_privacy_text() {
	wp_add_privacy_policy_content(
		__( 'Identity verification', 'seon-verify' ),
		wp_kses_post( wpautop( __( 'Whoever verifies their identity sends a document and photos to SEON, which checks them for us. While that is open, SEON’s script also looks at how keyboard, pointer and touch are used on the page, may ask for the location, and knows the browser again by a cookie and an entry in this site’s local storage. Nothing of it is loaded before the button is clicked. This site keeps no document and no photo.', 'seon-verify' ) ) )
	);
}
