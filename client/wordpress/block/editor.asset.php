<?php
/**
 * What editor.js needs, as WordPress reads it: there is no build step that would write this.
 *
 * @package SeonVerify
 */

defined( 'ABSPATH' ) || exit;

return array(
	'dependencies' => array( 'wp-block-editor', 'wp-blocks', 'wp-components', 'wp-element', 'wp-i18n' ),
	'version'      => SEON_VERIFY_VERSION,
);
