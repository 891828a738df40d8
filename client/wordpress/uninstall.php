<?php
/**
 * Leaves nothing behind, on no site of a network.
 *
 * @package SeonVerify
 */

defined( 'WP_UNINSTALL_PLUGIN' ) || exit;

if ( is_multisite() ) {
	$seon_verify_sites = get_sites(
		array(
			'fields' => 'ids',
			'number' => 0,
		)
	);
	foreach ( $seon_verify_sites as $seon_verify_site ) {
		switch_to_blog( $seon_verify_site );
		delete_option( 'seon_verify_settings' );
		restore_current_blog();
	}
} else {
	delete_option( 'seon_verify_settings' );
}
