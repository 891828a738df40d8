<?php
/**
 * The element where an author asks for it: the shortcode `[seon_verify]` and the block `seon-verify/verify`.
 *
 * @package SeonVerify
 */

defined( 'ABSPATH' ) || exit;

add_action( 'init', 'seon_verify_register_element' );

/**
 * Registers both.
 */
function seon_verify_register_element() {
	add_shortcode( 'seon_verify', 'seon_verify_render_shortcode' );
	register_block_type( dirname( __DIR__ ) . '/block', array( 'render_callback' => 'seon_verify_render_block' ) );
}

/**
 * `[seon_verify mode="inline" name="seon-verify" required]`, with what goes into its slots between it and `[/seon_verify]`.
 *
 * @param array|string $attributes As written; the element's, `_` will do for `-`.
 * @param string|null  $content    Between the tags.
 * @return string
 */
function seon_verify_render_shortcode( $attributes, $content = null ) {
	return seon_verify_render( is_array( $attributes ) ? $attributes : array(), (string) $content );
}

/**
 * The block.
 *
 * @param array $attributes As saved.
 * @return string
 */
function seon_verify_render_block( $attributes ) {
	$html = seon_verify_render( $attributes );
	return '' === $html ? '' : sprintf( '<div %s>%s</div>', get_block_wrapper_attributes(), $html );
}

/**
 * The element as markup, or what is there instead of it: a link to sign in for somebody whom the server could not know.
 *
 * @param array  $attributes The element's.
 * @param string $content    Children for its slots.
 * @return string
 */
function seon_verify_render( $attributes, $content = '' ) {
	if ( '' === seon_verify_get_setting( 'server' ) ) {
		return current_user_can( 'manage_options' ) ? sprintf(
			'<p><a href="%s">%s</a></p>',
			esc_url( admin_url( 'options-general.php?page=seon-verify' ) ),
			esc_html__( 'Identity verification is not set up yet.', 'seon-verify' )
		) : '';
	}
	$attributes = seon_verify_clean_attributes( $attributes );
	if ( ! isset( $attributes['user-id'] ) && '' === seon_verify_get_user_id() ) {
		return sprintf(
			'<p class="seon-verify-sign-in"><a href="%s">%s</a></p>',
			esc_url( wp_login_url( (string) get_permalink() ) ),
			esc_html__( 'Sign in to verify your identity', 'seon-verify' )
		);
	}
	seon_verify_enqueue();
	$html = '<seon-verify';
	foreach ( $attributes as $name => $value ) {
		$html .= sprintf( ' %s="%s"', esc_attr( $name ), esc_attr( $value ) );
	}
	return $html . '>' . wp_kses_post( $content ) . '</seon-verify>';
}
