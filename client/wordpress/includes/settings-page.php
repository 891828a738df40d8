<?php
/**
 * Settings → seon-verify.
 *
 * @package SeonVerify
 */

defined( 'ABSPATH' ) || exit;

add_action( 'admin_menu', 'seon_verify_add_settings_page' );
add_filter( 'plugin_action_links_' . plugin_basename( SEON_VERIFY_FILE ), 'seon_verify_add_settings_link' );

/**
 * Puts the page into the menu and its fields onto the page.
 */
function seon_verify_add_settings_page() {
	$title = __( 'Identity verification', 'seon-verify' );
	add_options_page( $title, $title, 'manage_options', 'seon-verify', 'seon_verify_render_settings_page' );

	add_settings_section( 'seon_verify', '', '__return_null', 'seon-verify' );
	$fields = array(
		'server'            => array(
			__( 'Server', 'seon-verify' ),
			__( 'Where your seon-verify server runs, as browsers reach it: https://verify.example.com', 'seon-verify' ),
		),
		'api_token'         => array(
			__( 'API token', 'seon-verify' ),
			__( 'The server’s API_TOKEN. This site needs it to redeem receipts; browsers never see it.', 'seon-verify' ),
		),
		'user_token_secret' => array(
			__( 'User token secret', 'seon-verify' ),
			__( 'The server’s USER_TOKEN_SECRET. With it this site vouches for who is signed in, as live servers ask for; browsers never see it.', 'seon-verify' ),
		),
	);
	foreach ( $fields as $name => list( $label, $help ) ) {
		add_settings_field(
			"seon_verify_$name",
			$label,
			'seon_verify_render_field',
			'seon-verify',
			'seon_verify',
			array(
				'name'      => $name,
				'help'      => $help,
				'label_for' => "seon_verify_$name",
			)
		);
	}
}

/**
 * One row of the form. The secrets that are kept are not in it.
 *
 * @param array{name: string, help: string, label_for: string} $field Of the row.
 */
function seon_verify_render_field( $field ) {
	$name      = $field['name'];
	$is_secret = 'server' !== $name;
	$is_set    = '' !== seon_verify_get_setting( $name );
	$is_fixed  = seon_verify_is_constant( $name );
	printf(
		'<input class="regular-text" id="%1$s" name="seon_verify_settings[%2$s]" type="%3$s" value="%4$s" placeholder="%5$s" autocomplete="off" aria-describedby="%1$s-help"%6$s>',
		esc_attr( $field['label_for'] ),
		esc_attr( $name ),
		$is_secret ? 'password' : 'url',
		esc_attr( $is_secret ? '' : seon_verify_get_setting( $name ) ),
		esc_attr( $is_secret && $is_set ? __( 'Set. Leave empty to keep it.', 'seon-verify' ) : '' ),
		disabled( $is_fixed, true, false )
	);
	printf(
		'<p class="description" id="%s-help">%s</p>',
		esc_attr( $field['label_for'] ),
		esc_html( $is_fixed ? __( 'Set in wp-config.php.', 'seon-verify' ) : $field['help'] )
	);
	if ( $is_secret && $is_set && ! $is_fixed ) {
		printf(
			'<label><input type="checkbox" name="seon_verify_settings[remove_%s]" value="1"> %s</label>',
			esc_attr( $name ),
			esc_html__( 'Forget it', 'seon-verify' )
		);
	}
}

/**
 * The page.
 */
function seon_verify_render_settings_page() {
	if ( ! current_user_can( 'manage_options' ) ) {
		return;
	}
	?>
	<div class="wrap">
		<h1><?php echo esc_html( get_admin_page_title() ); ?></h1>
		<?php seon_verify_render_connection(); ?>
		<p>
			<?php
			printf(
				/* translators: 1: ALLOWED_ORIGINS, 2: this site's origin. */
				esc_html__( 'The server’s %1$s must hold %2$s.', 'seon-verify' ),
				'<code>ALLOWED_ORIGINS</code>',
				'<code>' . esc_html( seon_verify_get_origin() ) . '</code>'
			);
			?>
		</p>
		<form action="options.php" method="post">
			<?php
			settings_fields( 'seon_verify' );
			do_settings_sections( 'seon-verify' );
			submit_button();
			?>
		</form>
		<p>
			<?php
			printf(
				/* translators: %s: the shortcode. */
				esc_html__( 'Then put the block “Identity verification” on a page, or the shortcode %s.', 'seon-verify' ),
				'<code>[seon_verify]</code>'
			);
			?>
		</p>
	</div>
	<?php
}

/**
 * Says whether the server answers and knows the token.
 */
function seon_verify_render_connection() {
	if ( '' === seon_verify_get_setting( 'server' ) ) {
		return;
	}
	$answer = seon_verify_ask( 'GET', '/api/verifications?limit=1' );
	if ( ! is_wp_error( $answer ) ) {
		$notice = array( 'success', __( 'The server answers and knows the API token.', 'seon-verify' ) );
	} elseif ( 401 === ( $answer->get_error_data()['answered'] ?? 0 ) ) {
		$notice = array( 'error', __( 'The server answers, but does not know the API token: receipts cannot be redeemed.', 'seon-verify' ) );
	} else {
		$notice = array( 'error', __( 'The server does not answer this site as a seon-verify server would.', 'seon-verify' ) );
	}
	printf( '<div class="notice notice-%s inline"><p>%s</p></div>', esc_attr( $notice[0] ), esc_html( $notice[1] ) );
}

/**
 * The way there from the list of plug-ins.
 *
 * @param string[] $links The plug-in's own.
 * @return string[]
 */
function seon_verify_add_settings_link( $links ) {
	$link = sprintf(
		'<a href="%s">%s</a>',
		esc_url( admin_url( 'options-general.php?page=seon-verify' ) ),
		esc_html__( 'Settings', 'seon-verify' )
	);
	return array_merge( array( 'settings' => $link ), $links );
}
