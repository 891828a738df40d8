<?php
/**
 * The way to the seon-verify server.
 *
 * @package SeonVerify
 */

defined( 'ABSPATH' ) || exit;

/**
 * Asks the server with this site's API token.
 *
 * @param string     $method `GET` or `POST`.
 * @param string     $path   From the server's address on.
 * @param array|null $body   Sent as JSON.
 * @return array|WP_Error The answer. Errors: `receipt_…` and `invalid` as the server says them, else `unavailable`; their
 *                        data is `status` (HTTP, for whoever answers a browser) and `answered` (the server's; 0: nothing).
 */
function seon_verify_ask( $method, $path, $body = null ) {
	$token = seon_verify_get_setting( 'api_token' );
	// Redeeming takes milliseconds; a form must not hang for a server that is away.
	$request = array(
		'method'      => $method,
		'timeout'     => 5,
		'redirection' => 0,
		'headers'     => array(
			'Authorization' => "Bearer $token",
			'Content-Type'  => 'application/json',
		),
	);
	if ( null !== $body ) {
		$request['body'] = wp_json_encode( $body );
	}
	$response = wp_remote_request( seon_verify_get_setting( 'server' ) . $path, $request );
	$code     = (int) wp_remote_retrieve_response_code( $response );
	$answer   = json_decode( wp_remote_retrieve_body( $response ), true );
	if ( 200 === $code && is_array( $answer ) ) {
		return $answer;
	}
	$error = is_array( $answer ) && isset( $answer['error'] ) && is_string( $answer['error'] ) ? $answer['error'] : '';
	// What a receipt can be refused for; everything else is a fault of the set-up.
	if ( preg_match( '/^(?:receipt_\w+|invalid)$/', $error ) ) {
		return new WP_Error(
			$error,
			__( 'Your identity could not be confirmed. Please verify it again.', 'seon-verify' ),
			array(
				'status'   => $code,
				'answered' => $code,
			)
		);
	}
	return new WP_Error(
		'unavailable',
		__( 'Identities cannot be confirmed at the moment. Please try again later.', 'seon-verify' ),
		array(
			'status'   => 503,
			'answered' => $code,
		)
	);
}
