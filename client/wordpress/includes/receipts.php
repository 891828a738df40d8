<?php
/**
 * The check that counts. Whatever a browser sends proves nothing but a receipt that the server takes.
 *
 * @package SeonVerify
 */

defined( 'ABSPATH' ) || exit;

add_action( 'rest_api_init', 'seon_verify_register_redeem_route' );

/**
 * Redeems the receipt of a form: the value of an element with a `name`. It is used up by that.
 *
 * @param mixed           $receipt As the form sent it.
 * @param int|string|null $user_id Whom the request is for, by your own session and never from the form: a WordPress
 *                                 user's number, or an id of your own; null: whoever is signed in.
 * @return array|WP_Error The approved verification (`id`, `status`, `userId`, `decidedAt`, `environment` …). Everything
 *                        else is a WP_Error: ask is_wp_error() and let nobody through. Codes: `receipt_missing`,
 *                        `receipt_invalid`, `receipt_expired`, `receipt_used`, `receipt_mismatch`, `receipt_revoked`,
 *                        `invalid`, `unavailable`, `user_missing`.
 */
function seon_verify_redeem( $receipt, $user_id = null ) {
	$user_id = seon_verify_get_user_id( $user_id );
	if ( '' === $user_id ) {
		return new WP_Error( 'user_missing', __( 'Please sign in.', 'seon-verify' ), array( 'status' => 401 ) );
	}
	// The longest receipt that there is, with room: a longer field is not worth a request.
	if ( ! is_string( $receipt ) || '' === $receipt || strlen( $receipt ) > 4096 ) {
		return new WP_Error( 'receipt_missing', __( 'Please verify your identity first.', 'seon-verify' ), array( 'status' => 403 ) );
	}
	$answer = seon_verify_ask(
		'POST',
		'/api/receipts/redeem',
		array(
			'receipt' => $receipt,
			'userId'  => $user_id,
			'origin'  => seon_verify_get_origin(),
		)
	);
	if ( is_wp_error( $answer ) ) {
		return $answer;
	}
	$verification = $answer['verification'] ?? array();
	if ( 'approved' !== ( $verification['status'] ?? '' ) || ( $verification['userId'] ?? '' ) !== $user_id ) {
		return new WP_Error( 'unavailable', __( 'Identities cannot be confirmed at the moment. Please try again later.', 'seon-verify' ), array( 'status' => 503 ) );
	}
	/**
	 * Fires once for every receipt that was good.
	 *
	 * @param array  $verification The verification.
	 * @param string $user_id      Under which the server knows the user.
	 */
	do_action( 'seon_verify_redeemed', $verification, $user_id );
	return $verification;
}

/**
 * Ends the request unless it brings a good receipt of whoever is signed in: one line at the top of a form's handler. The
 * handler checks its own nonce.
 *
 * @param string $field The element's `name`.
 * @return array The approved verification.
 */
function seon_verify_require_receipt( $field = 'seon-verify' ) {
	// phpcs:ignore WordPress.Security.NonceVerification.Missing, WordPress.Security.ValidatedSanitizedInput.InputNotSanitized -- the receipt is a signed token for one user and one use; the server judges it, nothing here prints or keeps it.
	$result = seon_verify_redeem( isset( $_POST[ $field ] ) ? wp_unslash( $_POST[ $field ] ) : null );
	if ( is_wp_error( $result ) ) {
		wp_die(
			esc_html( $result->get_error_message() ),
			'',
			array(
				'response'  => (int) $result->get_error_data()['status'],
				'code'      => esc_html( $result->get_error_code() ),
				'back_link' => true,
			)
		);
	}
	return $result;
}

/**
 * Whether a user's identity stands confirmed, as the server says now: the newest approval, refusal or review decides. One
 * request to the server for each user asked about.
 *
 * @param int|string|null $user_id As for seon_verify_redeem().
 * @return bool False also where the server cannot be asked.
 */
function seon_verify_is_verified( $user_id = null ) {
	static $known = array();
	$user_id      = seon_verify_get_user_id( $user_id );
	if ( '' === $user_id ) {
		return false;
	}
	if ( ! isset( $known[ $user_id ] ) ) {
		$answer            = seon_verify_ask( 'GET', '/api/verifications?limit=1&status=approved,review,declined&userId=' . rawurlencode( $user_id ) );
		$newest            = is_wp_error( $answer ) ? array() : ( $answer['items'][0] ?? array() );
		$known[ $user_id ] = 'approved' === ( $newest['status'] ?? '' ) && ( $newest['userId'] ?? '' ) === $user_id;
	}
	return $known[ $user_id ];
}

/**
 * `POST /wp-json/seon-verify/v1/redeem` `{receipt}` → `{verified: true}`, for forms that scripts send. What follows from it
 * is for the action `seon_verify_redeemed` to say.
 */
function seon_verify_register_redeem_route() {
	register_rest_route(
		'seon-verify/v1',
		'/redeem',
		array(
			'methods'             => 'POST',
			'permission_callback' => 'is_user_logged_in',
			'args'                => array(
				'receipt' => array(
					'type'     => 'string',
					'required' => true,
				),
			),
			'callback'            => function ( WP_REST_Request $request ) {
				$result = seon_verify_redeem( $request['receipt'] );
				return is_wp_error( $result ) ? $result : array( 'verified' => true );
			},
		)
	);
}
