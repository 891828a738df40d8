<?php
/**
 * Plugin Name: An application form, for verified people only
 * Description: An example for seon-verify: the shortcode [application_form], and a handler that lets nobody through without a good receipt.
 * Version:     0.1.0
 * License:     GPL-2.0-or-later
 *
 * Copy its folder into wp-content/plugins and make it yours.
 *
 * @package SeonVerify
 */

defined( 'ABSPATH' ) || exit;

add_shortcode( 'application_form', 'application_form_render' );
add_action( 'admin_post_application_form', 'application_form_receive' );

/**
 * The form: the element is a field of it, as any other.
 *
 * @return string
 */
function application_form_render() {
	if ( get_user_meta( get_current_user_id(), 'application_verification', true ) ) {
		return '<p>' . esc_html__( 'Your application has arrived.', 'seon-verify' ) . '</p>';
	}
	return sprintf(
		'<form action="%s" method="post"><input type="hidden" name="action" value="application_form">%s%s<button>%s</button></form>',
		esc_url( admin_url( 'admin-post.php' ) ),
		wp_nonce_field( 'application_form', '_wpnonce', true, false ),
		seon_verify_render(
			array(
				'name'     => 'seon-verify',
				'required' => true,
			)
		),
		esc_html__( 'Apply', 'seon-verify' )
	);
}

/**
 * What the form sends. WordPress calls it for people who are signed in; the others have a hook of their own.
 */
function application_form_receive() {
	check_admin_referer( 'application_form' );
	$verification = seon_verify_require_receipt();
	update_user_meta( get_current_user_id(), 'application_verification', $verification['id'] );
	wp_safe_redirect( wp_get_referer() ? wp_get_referer() : home_url() );
	exit;
}
