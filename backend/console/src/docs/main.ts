import 'swagger-ui-dist/swagger-ui.css'
import './docs.css'
import SwaggerUI from 'swagger-ui-dist/swagger-ui-es-bundle.js'

/** The API document as a page to browse: an entry of its own, so that the console's first load does not carry it. */
SwaggerUI({
  url: '/api/v1/openapi.json',
  domNode: document.querySelector('#docs'),
  deepLinking: true,
  docExpansion: 'none',
  defaultModelsExpandDepth: -1,
  filter: true,
  // Trying out would act with the session of whoever reads; programs bring their own token.
  supportedSubmitMethods: [],
  // Nothing is sent to a validator on another host.
  validatorUrl: null,
})
