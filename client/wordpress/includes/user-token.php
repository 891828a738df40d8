<?php
/**
 * User tokens: this site's signed word on who is signed in. The element asks for one before each start.
 *
 * @package SeonVerify
 */

defined( 'ABSPATH' ) || exit;

add_action( 'rest_api_init', 'seon_verify_register_token_route' );

/**
 * `POST /wp-json/seon-verify/v1/user-token` → `{token}`, for whoever is signed in. WordPress takes its cookie for a sign-in
 * only with a nonce, so no other site can ask.
 */
function seon_verify_register_token_route() {
	register_rest_route(
		'seon-verify/v1',
		'/user-token',
		array(
			'methods'             => 'POST',
			'permission_callback' => 'is_user_logged_in',
			'callback'            => 'seon_verify_answer_token',
		)
	);
}

/**
 * The route's answer.
 *
 * @return WP_REST_Response|WP_Error
 */
function seon_verify_answer_token() {
	$token = seon_verify_create_user_token( wp_get_current_user() );
	if ( '' === $token ) {
		return new WP_Error( 'seon_verify_no_secret', __( 'This site vouches for nobody.', 'seon-verify' ), array( 'status' => 404 ) );
	}
	$response = new WP_REST_Response( array( 'token' => $token ) );
	$response->header( 'Cache-Control', 'no-store' );
	return $response;
}

/**
 * Makes one: a JWT (HS256), good for one start within five minutes.
 *
 * @param WP_User $user Whom it is for.
 * @return string Empty without a secret or without a user.
 */
function seon_verify_create_user_token( $user ) {
	$secret = seon_verify_get_setting( 'user_token_secret' );
	$id     = seon_verify_get_user_id( $user->ID );
	if ( '' === $secret || '' === $id ) {
		return '';
	}
	$claims = array(
		'sub' => $id,
		'aud' => 'seon-verify',
		'jti' => wp_generate_uuid4(),
		'exp' => time() + 5 * MINUTE_IN_SECONDS,
	);
	/**
	 * Filters what SEON is told of the user, by its field names (`user_fullname`, `email` …). Nothing by default.
	 *
	 * @param array   $inputs Field names and values.
	 * @param WP_User $user   The user.
	 */
	$inputs = apply_filters( 'seon_verify_inputs', array(), $user );
	if ( is_array( $inputs ) && array() !== $inputs ) {
		$claims['inputs'] = $inputs;
	}
	$header = array(
		'alg' => 'HS256',
		'typ' => 'JWT',
	);
	$signed = seon_verify_base64url( wp_json_encode( $header ) ) . '.' . seon_verify_base64url( wp_json_encode( $claims ) );
	return $signed . '.' . seon_verify_base64url( hash_hmac( 'sha256', $signed, $secret, true ) );
}

/**
 * Base64 for addresses and headers (RFC 4648 §5), without padding.
 *
 * @param string $bytes Any.
 * @return string
 */
function seon_verify_base64url( $bytes ) {
	// phpcs:ignore WordPress.PHP.DiscouragedPHPFunctions.obfuscation_base64_encode -- the format of JWTs (RFC 7515).
	return rtrim( strtr( base64_encode( $bytes ), '+/', '-_' ), '=' );
}
