<?php
/**
 * The script, on pages with the element and on no other.
 *
 * @package SeonVerify
 */

defined( 'ABSPATH' ) || exit;

foreach ( array( 'the_content', 'widget_text', 'widget_block_content', 'render_block_core/html' ) as $seon_verify_hook ) {
	// After whatever makes the markup.
	add_filter( $seon_verify_hook, 'seon_verify_notice_element', 99 );
}
unset( $seon_verify_hook );
add_filter( 'script_loader_tag', 'seon_verify_complete_script_tag', 10, 2 );

/**
 * Takes note of elements that authors wrote themselves, as a tag or as a div.
 *
 * @param string $html Any markup of a page.
 * @return string The same.
 */
function seon_verify_notice_element( $html ) {
	if ( is_string( $html ) && ( false !== strpos( $html, '<seon-verify' ) || false !== strpos( $html, 'data-seon-verify' ) ) ) {
		seon_verify_enqueue();
	}
	return $html;
}

/**
 * Puts the script on this page. For themes that print the element themselves: call it before the page ends.
 */
function seon_verify_enqueue() {
	$server = seon_verify_get_setting( 'server' );
	if ( '' === $server ) {
		return;
	}
	// The server says itself how long its script may be kept, so no version is added.
	if ( function_exists( 'wp_enqueue_script_module' ) ) {
		wp_enqueue_script_module( 'seon-verify', "$server/seon-verify.js", array(), null );
	} else {
		// phpcs:ignore WordPress.WP.EnqueuedResourceParameters.MissingVersion -- see above.
		wp_enqueue_script( 'seon-verify', "$server/seon-verify.js", array(), null, true );
	}
	wp_enqueue_style( 'seon-verify', plugins_url( 'assets/seon-verify.css', SEON_VERIFY_FILE ), array(), SEON_VERIFY_VERSION );
	if ( '' !== seon_verify_get_user_id() ) {
		wp_enqueue_script( 'seon-verify-user', plugins_url( 'assets/user.js', SEON_VERIFY_FILE ), array(), SEON_VERIFY_VERSION, true );
	}
}

/**
 * Makes a module of the script before WordPress 6.5, and tells the other who is signed in.
 *
 * @param string $tag    The script's tag.
 * @param string $handle Its name.
 * @return string
 */
function seon_verify_complete_script_tag( $tag, $handle ) {
	if ( 'seon-verify' === $handle ) {
		$data = array( 'type' => 'module' );
	} elseif ( 'seon-verify-user' === $handle ) {
		$data = array(
			'data-user-id' => seon_verify_get_user_id(),
			'data-server'  => seon_verify_get_setting( 'server' ),
		);
		if ( '' !== seon_verify_get_setting( 'user_token_secret' ) && is_user_logged_in() ) {
			$data['data-token-url'] = rest_url( 'seon-verify/v1/user-token' );
			$data['data-nonce']     = wp_create_nonce( 'wp_rest' );
		}
	} else {
		return $tag;
	}
	$tags = new WP_HTML_Tag_Processor( $tag );
	while ( $tags->next_tag( 'script' ) ) {
		if ( null === $tags->get_attribute( 'src' ) ) {
			continue;
		}
		foreach ( $data as $name => $value ) {
			$tags->set_attribute( $name, $value );
		}
	}
	return $tags->get_updated_html();
}
