/**
 * The block in the editor: its settings beside the page, a placeholder on it. The element itself is not loaded there.
 */
( function ( wp ) {
	const { createElement: el } = wp.element;
	const { __ } = wp.i18n;
	const { InspectorControls, useBlockProps } = wp.blockEditor;
	const { PanelBody, Placeholder, SelectControl, TextControl, ToggleControl } = wp.components;

	const modes = [
		{ value: '', label: __( 'Over the whole page', 'seon-verify' ) },
		{ value: 'inline', label: __( 'In its place on the page', 'seon-verify' ) },
		{ value: 'popup', label: __( 'In a window of its own', 'seon-verify' ) },
		{ value: 'link', label: __( 'On another device, by a link and its QR code', 'seon-verify' ) },
	];

	function Edit( { attributes, setAttributes } ) {
		// What is empty is not saved.
		const set = ( name ) => ( value ) => setAttributes( { [ name ]: value || undefined } );
		const text = ( name, label, help ) =>
			el( TextControl, { key: name, label, help, value: attributes[ name ] || '', onChange: set( name ) } );
		const toggle = ( name, label, help ) =>
			el( ToggleControl, { key: name, label, help, checked: !! attributes[ name ], onChange: set( name ) } );

		const settings = el(
			InspectorControls,
			{ key: 'settings' },
			el(
				PanelBody,
				{ title: __( 'Verification', 'seon-verify' ) },
				el( SelectControl, {
					label: __( 'Where it opens', 'seon-verify' ),
					value: attributes.mode || '',
					options: modes,
					onChange: set( 'mode' ),
				} ),
				text( 'workflow', __( 'Workflow', 'seon-verify' ), __( 'A name that your server lists; empty: its default.', 'seon-verify' ) ),
				text( 'language', __( 'Language', 'seon-verify' ), __( 'As de or pt-BR; empty: the page’s.', 'seon-verify' ) ),
				toggle( 'disabled', __( 'Disabled', 'seon-verify' ) )
			),
			el(
				PanelBody,
				{ title: __( 'In a form', 'seon-verify' ), initialOpen: false },
				text( 'name', __( 'Field name', 'seon-verify' ), __( 'The field holds a receipt that your site redeems: seon-verify, say.', 'seon-verify' ) ),
				toggle( 'required', __( 'Required', 'seon-verify' ), __( 'The form is not sent before the visitor is approved.', 'seon-verify' ) )
			),
			el(
				PanelBody,
				{ title: __( 'Visitor', 'seon-verify' ), initialOpen: false },
				text( 'userId', __( 'User id', 'seon-verify' ), __( 'Empty: whoever is signed in to this site.', 'seon-verify' ) ),
				text( 'email', __( 'E-mail address', 'seon-verify' ) ),
				text( 'phoneNumber', __( 'Phone number', 'seon-verify' ) )
			)
		);
		const chosen = modes.find( ( { value } ) => value === ( attributes.mode || '' ) ) || modes[ 0 ];
		const preview = el( Placeholder, {
			key: 'preview',
			icon: 'id-alt',
			label: __( 'Identity verification', 'seon-verify' ),
			instructions: chosen.label,
		} );
		return el( 'div', useBlockProps(), settings, preview );
	}

	wp.blocks.registerBlockType( 'seon-verify/verify', { edit: Edit, save: () => null } );
} )( window.wp );
