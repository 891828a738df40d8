<?php
/**
 * Who a visitor is to the seon-verify server.
 *
 * @package SeonVerify
 */

defined( 'ABSPATH' ) || exit;

/**
 * The user id that the server knows.
 *
 * @param int|string|null $user A WordPress user's number, or an id of your own that is taken as it is; null: whoever is
 *                              signed in.
 * @return string Empty for somebody who is not signed in.
 */
function seon_verify_get_user_id( $user = null ) {
	if ( is_string( $user ) ) {
		return $user;
	}
	$number = null === $user ? get_current_user_id() : (int) $user;
	/**
	 * Filters the id under which the server knows a WordPress user. Change it before the first verification or never.
	 *
	 * @param string $id     `wp-` and the number; empty for who is not signed in.
	 * @param int    $number The WordPress user's.
	 */
	return (string) apply_filters( 'seon_verify_user_id', $number > 0 ? "wp-$number" : '', $number );
}

/**
 * The origin that receipts of this site's pages are for.
 *
 * @return string As `https://www.example.com`.
 */
function seon_verify_get_origin() {
	$home   = wp_parse_url( home_url() );
	$origin = $home['scheme'] . '://' . $home['host'] . ( isset( $home['port'] ) ? ':' . $home['port'] : '' );
	/**
	 * Filters that origin, for sites that show their pages under another address than the one in their settings.
	 *
	 * @param string $origin From the site's address.
	 */
	return (string) apply_filters( 'seon_verify_origin', strtolower( $origin ) );
}
