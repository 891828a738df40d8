<?php
/**
 * The element's attributes. block.json lists them; everything else here asks it.
 *
 * @package SeonVerify
 */

defined( 'ABSPATH' ) || exit;

/**
 * What an author may say to the element. Not `server`, which only the settings name: it is where visitors, and the tokens
 * that vouch for them, go.
 *
 * @return array<string, array> Their JSON schemas by the names that the element knows.
 */
function seon_verify_get_attributes() {
	static $attributes = null;
	if ( null === $attributes ) {
		$attributes = array();
		$block      = wp_json_file_decode( __DIR__ . '/../block/block.json', array( 'associative' => true ) );
		foreach ( $block['attributes'] ?? array() as $name => $schema ) {
			$attributes[ strtolower( preg_replace( '/[A-Z]/', '-$0', $name ) ) ] = $schema;
		}
	}
	return $attributes;
}

/**
 * What of a block's or shortcode's attributes the element gets.
 *
 * @param array $given By the element's names, by `camelCase` or `snake_case`; a shortcode's lone words have numbers.
 * @return array<string, string> Those that it knows, with fitting values.
 */
function seon_verify_clean_attributes( $given ) {
	$clean = array();
	foreach ( $given as $name => $value ) {
		list( $name, $value ) = is_int( $name ) ? array( $value, true ) : array( $name, $value );
		if ( ! is_string( $name ) || ! is_scalar( $value ) ) {
			continue;
		}
		$name   = strtolower( strtr( preg_replace( '/(?<=[a-z])[A-Z]/', '-$0', $name ), '_', '-' ) );
		$schema = seon_verify_get_attributes()[ $name ] ?? null;
		if ( null === $schema ) {
			continue;
		}
		if ( 'boolean' === $schema['type'] ) {
			// As authors write it in a shortcode: required, required="true", required="1".
			if ( '' === $value || $name === $value || wp_validate_boolean( $value ) ) {
				$clean[ $name ] = '';
			}
			continue;
		}
		$value = sanitize_text_field( (string) $value );
		if ( '' !== $value && ( ! isset( $schema['enum'] ) || in_array( $value, $schema['enum'], true ) ) ) {
			$clean[ $name ] = $value;
		}
	}
	return $clean;
}
