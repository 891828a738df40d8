<?php
/**
 * Lets authors keep the element in what they write. Administrators and editors of a single site need no leave; authors,
 * contributors and, in a network, administrators do.
 *
 * @package SeonVerify
 */

defined( 'ABSPATH' ) || exit;

add_filter( 'wp_kses_allowed_html', 'seon_verify_allow_element', 10, 2 );

/**
 * Adds the element, and `slot` to its possible children. WordPress asks for every attribute by name.
 *
 * @param array  $tags    What is kept, by tag and attribute.
 * @param string $context `post` for what authors write; visitors' comments are another.
 * @return array
 */
function seon_verify_allow_element( $tags, $context ) {
	if ( 'post' !== $context ) {
		return $tags;
	}
	$common    = array( 'id', 'class', 'style', 'title', 'lang', 'dir', 'hidden', 'role', 'tabindex', 'slot', 'part', 'data-*' );
	$aria      = array( 'aria-label', 'aria-labelledby', 'aria-describedby', 'aria-details', 'aria-hidden', 'aria-live' );
	$own       = array_merge( array_keys( seon_verify_get_attributes() ), array( 'user-token' ) );
	$attribute = array_fill_keys( array_merge( $common, $aria, $own ), true );
	// No other server than the one in the settings, see seon_verify_get_attributes().
	$attribute['server'] = array( 'values' => array( seon_verify_get_setting( 'server' ) ) );
	$tags['seon-verify'] = $attribute;
	foreach ( $tags as $tag => $attributes ) {
		if ( is_array( $attributes ) ) {
			$tags[ $tag ]['slot'] = true;
		}
	}
	return $tags;
}
