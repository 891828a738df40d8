<?php
/**
 * Plugin Name:       seon-verify
 * Description:       Identity verification on your pages: a block, a shortcode, the element for authors, and a check in PHP that cannot be faked by the browser.
 * Version:           0.1.0
 * Requires at least: 6.2
 * Requires PHP:      7.4
 * Author:            seon-verify contributors
 * License:           GPL-2.0-or-later
 * License URI:       https://www.gnu.org/licenses/gpl-2.0.html
 * Text Domain:       seon-verify
 * Domain Path:       /languages
 *
 * This program is free software; you can redistribute it and/or modify it under the terms of the GNU General Public
 * License as published by the Free Software Foundation; either version 2 of the License, or (at your option) any later
 * version. It is distributed in the hope that it will be useful, but WITHOUT ANY WARRANTY; without even the implied
 * warranty of MERCHANTABILITY or FITNESS FOR A PARTICULAR PURPOSE. See the GNU General Public License (the file LICENSE)
 * for more details.
 *
 * @package SeonVerify
 */

defined( 'ABSPATH' ) || exit;

define( 'SEON_VERIFY_VERSION', '0.1.0' );
define( 'SEON_VERIFY_FILE', __FILE__ );

foreach ( array( 'settings', 'settings-page', 'privacy', 'server', 'user', 'user-token', 'receipts', 'attributes', 'script', 'element', 'kses' ) as $seon_verify_part ) {
	require __DIR__ . "/includes/$seon_verify_part.php";
}
unset( $seon_verify_part );

add_action( 'init', 'seon_verify_load_translations' );

/**
 * Loads what translators put into `languages/`.
 */
function seon_verify_load_translations() {
	load_plugin_textdomain( 'seon-verify', false, dirname( plugin_basename( SEON_VERIFY_FILE ) ) . '/languages' );
}
