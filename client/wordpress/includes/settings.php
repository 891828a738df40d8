<?php
/**
 * What an administrator sets: one option with three texts. Each can be a constant in wp-config.php instead, which wins
 * and keeps secrets out of the database: SEON_VERIFY_SERVER, SEON_VERIFY_API_TOKEN, SEON_VERIFY_USER_TOKEN_SECRET.
 * In a network every site has its own; the constants are the same for all.
 *
 * @package SeonVerify
 */

defined( 'ABSPATH' ) || exit;

add_action( 'admin_init', 'seon_verify_register_settings' );

/**
 * Tells WordPress of the option. It is not in the REST API, as two of its texts are secrets.
 */
function seon_verify_register_settings() {
	register_setting(
		'seon_verify',
		'seon_verify_settings',
		array(
			'type'              => 'array',
			'sanitize_callback' => 'seon_verify_sanitize_settings',
			'show_in_rest'      => false,
		)
	);
}

/**
 * One setting.
 *
 * @param string $name `server` (an address without a slash at its end), `api_token` or `user_token_secret`.
 * @return string Empty if it is not set.
 */
function seon_verify_get_setting( $name ) {
	if ( seon_verify_is_constant( $name ) ) {
		$value = (string) constant( 'SEON_VERIFY_' . strtoupper( $name ) );
		return 'server' === $name ? untrailingslashit( $value ) : $value;
	}
	$settings = get_option( 'seon_verify_settings' );
	return is_array( $settings ) && isset( $settings[ $name ] ) ? (string) $settings[ $name ] : '';
}

/**
 * Whether wp-config.php has the say.
 *
 * @param string $name As above.
 * @return bool
 */
function seon_verify_is_constant( $name ) {
	return defined( 'SEON_VERIFY_' . strtoupper( $name ) );
}

/**
 * What the form sent, made fit to be kept. The form never holds the secrets that are kept, so an empty field keeps them.
 * WordPress calls this twice when the option is new: what comes out must go in again unchanged.
 *
 * @param mixed $input The form's fields.
 * @return array{server: string, api_token: string, user_token_secret: string}
 */
function seon_verify_sanitize_settings( $input ) {
	$input = is_array( $input ) ? $input : array();
	$kept  = get_option( 'seon_verify_settings' );
	$kept  = is_array( $kept ) ? $kept : array();
	$clean = array(
		'server'            => seon_verify_sanitize_server( $input['server'] ?? '' ),
		'api_token'         => '',
		'user_token_secret' => '',
	);
	foreach ( array( 'api_token', 'user_token_secret' ) as $name ) {
		$new = isset( $input[ $name ] ) && is_string( $input[ $name ] ) ? trim( $input[ $name ] ) : '';
		if ( '' !== $new && ! preg_match( '/^[\x21-\x7e]{1,512}$/', $new ) ) {
			add_settings_error( 'seon_verify', $name, __( 'Tokens and secrets hold no spaces and no letters beyond ASCII: the old one was kept.', 'seon-verify' ) );
			$new = '';
		}
		if ( '' !== $new ) {
			$clean[ $name ] = $new;
		} elseif ( empty( $input[ "remove_$name" ] ) ) {
			$clean[ $name ] = (string) ( $kept[ $name ] ?? '' );
		}
	}
	return $clean;
}

/**
 * An http or https address without query, fragment and last slash.
 *
 * @param mixed $address What was typed.
 * @return string Empty if it is none.
 */
function seon_verify_sanitize_server( $address ) {
	$address = is_string( $address ) ? trim( $address ) : '';
	if ( '' === $address ) {
		return '';
	}
	$url = esc_url_raw( preg_replace( '/[?#].*$/s', '', $address ), array( 'https', 'http' ) );
	if ( '' === $url || ! wp_parse_url( $url, PHP_URL_HOST ) ) {
		add_settings_error( 'seon_verify', 'server', __( 'The server’s address must begin with https://.', 'seon-verify' ) );
		return '';
	}
	return untrailingslashit( $url );
}
